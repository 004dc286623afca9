import { decoded } from '../../../lib/files/decoded';
import { lookAtFile } from '../../../lib/net/api';
import type { Question } from '../question';

/** What a file has: questions that can be added, and the places that could not be read. */
export interface Found {
  questions: readonly Question[];
  faults?: readonly Fault[];
}

export interface Fault {
  line: number;
  because: string;
  say: string;
}

export const ACCEPT = '.csv,.tsv,.txt,.gift,.aiken,.xlsx';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TYPES: Record<string, string> = { csv: 'text/csv', tsv: 'text/tab-separated-values', xlsx: XLSX };

/** The media type of a file by the end of its name; what is in a text tells the rest. */
export function typeOf(name: string): string {
  return TYPES[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'text/plain';
}

/** Lets the server read a file. Nothing is added. */
export async function look(code: string, activity: string, file: File): Promise<Found> {
  const type = typeOf(file.name);
  const body = type === XLSX ? file : decoded(await file.arrayBuffer());
  return (await lookAtFile<Found>(code, activity, 'import', type, body)).with;
}

/** A table with a question of each form, to begin with. */
export const EXAMPLE = `\ufeffquestion,type,option 1,option 2,option 3,right,seconds,points
Which is a fruit?,single,Leek,Tomato,Carrot,2,20,1000
Which are even?,multiple,2,3,4,"1, 3",30,
Tea or coffee?,single,Tea,Coffee,,,,
How was it?,rating,,,,,,
What comes first?,ranking,Tea,Talk,Rest,,,
In a word?,word cloud,,,,,,
How high is it?,estimate,,,,40:2,30,
What else?,open text,,,,,,
`.replaceAll('\n', '\r\n');
