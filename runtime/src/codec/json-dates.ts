// Dates in JSON: the text of toISOString. Read are date-times of RFC 3339, with a zone, and the six-digit years that
// toISOString writes; not what Date.parse would make something of, such as "2020" or the 31st of February.
import { encodableTime, timeMax } from "./date-time.ts";
import { jsonFail, jsonWrongType } from "./json-error.ts";

/** @throws EncodeError when `v` is no Date, or an invalid one */
export function jsonDate(v: Date): string {
  return '"' + new Date(encodableTime(v)).toISOString() + '"';
}

/** Year, month, day, hour, minute, second, up to three digits of a fraction, and the zone. */
const dateTime =
  /^(\d{4}|[+-]\d{6})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,3})0{0,6})?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** @throws DecodeError `invalidDate` for any text that is not a date-time of whole milliseconds */
export function fromJsonDate(v: unknown): Date {
  if (typeof v !== "string") throw jsonWrongType("date", v);
  const time = timeIn(v);
  if (time === undefined)
    throw jsonFail("invalidDate", "expected a date-time of RFC 3339, found another string");
  if (Math.abs(time) > timeMax)
    throw jsonFail("outOfRange", "expected date, found a time beyond what a Date holds");
  return new Date(time);
}

/** Milliseconds since 1970, however far; `undefined` for a text that is no date-time. */
function timeIn(text: string): number | undefined {
  const parts = dateTime.exec(text);
  if (parts === null || text.startsWith("-000000")) return undefined;
  const [, year, month, day, hours, minutes, seconds, fraction = "", sign, zoneHours, zoneMinutes] = parts;
  const midnight = startOfDay(Number(year), Number(month), Number(day));
  if (midnight === undefined) return undefined;
  const offset = sign === undefined ? 0 : minutesOf(zoneHours, zoneMinutes) * (sign === "-" ? -1 : 1);
  const time = minutesOf(hours, minutes) - offset;
  return midnight + (time * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, "0"));
}

function minutesOf(hours: string | undefined, minutes: string | undefined): number {
  return Number(hours) * 60 + Number(minutes);
}

/** Days of 400 years, after which the calendar repeats. */
const cycleDays = 146_097;

/** `undefined` where the calendar has no such day. */
function startOfDay(year: number, month: number, day: number): number | undefined {
  // Counted from 2000 on: Date takes the years 0 to 99 for others, and reaches no further than the last whole day.
  const cycles = Math.floor(year / 400) - 5;
  const within = Date.UTC(year - cycles * 400, month - 1, day);
  const date = new Date(within);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay ? within + cycles * cycleDays * 86_400_000 : undefined;
}
