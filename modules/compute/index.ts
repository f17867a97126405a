export { type Architecture, type CatalogueOptions, type CustomImageOptions, MachineImage } from './machine-image.ts';
export { type IManagedInstance, ManagedInstance, type ManagedInstanceProps } from './managed-instance.ts';
