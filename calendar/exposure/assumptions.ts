/** What exposure takes for granted, for people; shown with every answer. */
export const exposureAssumptions: readonly string[] = [
  'Windows: Microsoft releases on Patch Tuesday, the second Tuesday of the month, at 10:00 in Los Angeles; releases out of band are not foreseen.',
  'Linux and macOS: something is released every day at 00:00 UTC; the worst day is told.',
  'A patch is approved the given number of days after its release, of 24 hours each.',
  'Up to an approval date, releases of that day (UTC) and earlier are approved as soon as they are released.',
  'A ring gets a patch at its first install run at or after the approval; every node of the ring takes part in that run.',
  'A window with NoReboot counts as installing what it installs; for AWS a node is compliant only after it has been rebooted.',
  'Ubuntu, Debian and Raspbian: repositories carry no release dates, so delays and approval dates have no effect: everything is approved when it is released.',
  'Other Linux systems: packages without a release date are approved at once, whatever the delay; exposure cannot know which.',
  'Windows: Microsoft expires updates that a newer one supersedes, which happens every month: approved later than 30 days after release, they are never installed.',
  'A rate runs once in every period, counted from the creation of its window: the latest instant counts against a ring, the earliest against the rings before it.',
  'A window that a freeze closed opens again when the freeze is over; a run that could last into a freeze does not happen.',
  'A freeze closes its windows when it begins; validate asks for them to be closed 7 days before, and what would run in those days then does not happen.',
  'Releases before the first day are not followed, but for those that an approval date holds back: what is still pending from before is not told.',
];
