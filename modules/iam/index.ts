export type { CommandOutputBucket } from './instance-permissions.ts';
export { type IInstanceRole, InstanceRole, type InstanceRoleProps } from './instance-role.ts';
export { type INotificationRole, NotificationRole, type NotificationRoleProps } from './notification-role.ts';
export type { PolicyConditions, PolicyStatement } from './policy-document.ts';
export type { RoleOptions } from './service-role.ts';
export type { WindowPermission } from './window-permissions.ts';
export { type IWindowRole, WindowRole, type WindowRoleProps } from './window-role.ts';
