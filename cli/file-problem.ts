import { error, formatProblem } from '../core/problem.ts';

/** A file or directory that cannot be read or written is the user's to mend; anything else is a defect of ours. */
export function isFileFailure(failure: unknown): failure is NodeJS.ErrnoException {
  return failure instanceof Error && 'syscall' in failure && 'path' in failure;
}

/** Such a failure in the form of every problem: where, what must hold, what was met instead, and the fix. */
export function formatFileFailure({ path, syscall = '', code = '' }: NodeJS.ErrnoException): string {
  const must = verbs[syscall] ?? 'usable';
  const [met, fix] = reasons[code] ?? ['an error of the system', 'see what it is, or name another path'];
  return formatProblem({ ...error('file/usable', `it must be ${must}, got ${met} (${code})`, fix), path: path ?? '' });
}

const verbs: Readonly<Record<string, string>> = {
  access: 'a file or directory that can be written',
  mkdir: 'a directory that is there or can be made',
  open: 'a file that can be opened',
  rename: 'a file that can be replaced',
  rm: 'a file or directory that can be removed',
  rmdir: 'a directory that can be removed',
  scandir: 'a directory that can be listed',
  unlink: 'a file that can be removed',
};

const noPermission = ['no permission', 'allow yourself to write it, or name another path'] as const;
const notDirectory = ['a file in the place of a directory', 'move the file away, or name another path'] as const;

const reasons: Readonly<Record<string, readonly [met: string, fix: string]>> = {
  EACCES: noPermission,
  EPERM: noPermission,
  EEXIST: notDirectory,
  ENOTDIR: notDirectory,
  EISDIR: ['a directory in the place of a file', 'move the directory away, or name another path'],
  ENOENT: ['nothing of this name', 'name another path'],
  ENOSPC: ['no space on the disk', 'make room, or name another path'],
  EROFS: ['a file system that is read-only', 'name another path'],
};
