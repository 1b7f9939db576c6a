// Processor time of processes, from Linux's /proc: what a consent costs whatever else runs on the machine.
import { readdirSync, readFileSync } from 'node:fs';

function fieldsOf(pid: number | string): number[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').map(Number) ?? [];
  } catch {
    // It ended in between.
    return [];
  }
}

/** Seconds in user and system mode (proc(5), fields 14 and 15) of all threads. */
export function processorTime(pid: number): number {
  const fields = fieldsOf(pid);
  return ((fields[11] ?? 0) + (fields[12] ?? 0)) / 100;
}

/** The same of a process, its children, and the children that have ended (fields 16 and 17). */
export function familyTime(pid: number): number {
  const ended = fieldsOf(pid);
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && fieldsOf(name)[1] === pid);
  const running = children.reduce((sum, child) => sum + processorTime(Number(child)), 0);
  return processorTime(pid) + ((ended[13] ?? 0) + (ended[14] ?? 0)) / 100 + running;
}
