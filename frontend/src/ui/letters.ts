/** The letter of an option by its place: A … Z, then AA, AB … */
export function letter(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : letter(Math.floor(place / 26) - 1) + last;
}

/** The colour of an option by its place: one of the twelve, again from the first after the last. */
export function colour(place: number): number {
  return (place % 12) + 1;
}
