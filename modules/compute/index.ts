export { type Architecture, type CatalogueOptions, type CustomImageOptions, MachineImage } from './machine-image.ts';
export { ManagedAutoScalingGroup, type ManagedAutoScalingGroupProps } from './managed-auto-scaling-group.ts';
export { type IManagedInstance, ManagedInstance, type ManagedInstanceProps } from './managed-instance.ts';
