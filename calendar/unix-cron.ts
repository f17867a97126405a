const nicknames: ReadonlyMap<string, string> = new Map([
  ['@hourly', '0 * * * ? *'],
  ['@daily', '0 0 * * ? *'],
  ['@midnight', '0 0 * * ? *'],
  ['@weekly', '0 0 ? * SUN *'],
  ['@monthly', '0 0 1 * ? *'],
  ['@yearly', '0 0 1 1 ? *'],
  ['@annually', '0 0 1 1 ? *'],
]);

const unixWeekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/**
 * The six fields of AWS for the five of a crontab, or for a nickname such as `@daily`: a year is added, one day field
 * becomes `?`, and week days (0 = Sunday there) become names. Undefined when there is no sure translation.
 */
export function awsFieldsOfUnixCron(text: string): string | undefined {
  const nickname = nicknames.get(text.toLowerCase());
  if (nickname !== undefined) return nickname;
  const fields = text.split(/\s+/);
  const [minutes, hours, dayOfMonth, month, dayOfWeek] = fields;
  if (fields.length !== 5 || dayOfWeek === undefined) return undefined;
  if (dayOfWeek === '*' || dayOfWeek === '?') {
    const day = dayOfMonth === '?' ? '*' : dayOfMonth;
    return `${minutes} ${hours} ${day} ${month} ? *`;
  }
  if (dayOfMonth !== '*' && dayOfMonth !== '?') return undefined;
  if (!/^([0-7]|[a-z]{3})([,-]([0-7]|[a-z]{3}))*$/i.test(dayOfWeek)) return undefined;
  const named = dayOfWeek.replace(/[0-7]/g, (digit) => unixWeekDays[Number(digit)] ?? digit);
  return `${minutes} ${hours} ? ${month} ${named} *`;
}
