/** Where a command writes: answers to `out`, progress and problems to `err`. Each call is one or more whole lines. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Width of what answers are shown on, in characters. @default - not a terminal */
  readonly columns?: number | undefined;
}
