/** Where a command writes: answers to `out`, progress and problems to `err`. Each call is one or more whole lines. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}
