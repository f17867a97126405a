import { Help, type Option } from 'commander';

/** An option in the help: also that it must be given, and a default that is told by words alone. */
export function describeOption(option: Option): string {
  const told = Help.prototype.optionDescription(option);
  if (option.mandatory) return `${told} (required)`;
  const inWords = option.defaultValue === undefined ? option.defaultValueDescription : undefined;
  return inWords === undefined ? told : `${told} (default: ${inWords})`;
}
