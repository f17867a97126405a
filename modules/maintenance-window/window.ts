import type { IConstruct } from 'constructs';
import type { IWindowRole } from '../iam/index.ts';

/** A maintenance window, made here or elsewhere, as far as its targets and tasks need it. */
export interface IMaintenanceWindow extends IConstruct {
  /** `mw-…`. */
  readonly windowId: string;
  /** The role that runs tasks which bring none of their own. */
  readonly taskRole: IWindowRole;
  /** Where it is known to differ from the provider's region. */
  readonly region?: string;
  /** Absent where it is not known. */
  readonly allowUnassociatedTargets?: boolean;
}
