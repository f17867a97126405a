/**
 * What a stack tells other tools, as its Terraform output `patch_manager`. Keys are those of the configuration.
 * `version` changes when a reader would have to.
 */
export interface PatchManagerOutput {
  readonly version: 1;
  readonly partition: string;
  readonly account_id: string;
  readonly region: string;
  readonly baselines: Readonly<Record<string, BaselineOutput>>;
  readonly patch_groups: readonly PatchGroupOutput[];
  readonly windows: Readonly<Record<string, WindowOutput>>;
  /** Instance ids. */
  readonly instances: Readonly<Record<string, string>>;
  /** Names of the Auto Scaling groups; absent where there are none. */
  readonly auto_scaling_groups?: Readonly<Record<string, string>>;
}

export interface BaselineOutput {
  readonly id: string;
  readonly name: string;
  readonly operating_system: string;
}

export interface PatchGroupOutput {
  readonly name: string;
  readonly tag_key: string;
  readonly baseline_ids: readonly string[];
}

export interface WindowOutput {
  readonly id: string;
  readonly name: string;
  readonly schedule: string;
  /** IANA name; `UTC` where the window sets none. */
  readonly timezone: string;
  /** Ids of the targets. */
  readonly targets: Readonly<Record<string, string>>;
  /** Ids of the tasks. */
  readonly tasks: Readonly<Record<string, string>>;
}
