/** How somebody likes to learn: it decides what a session begins with, not what is known at its end. */
export const studyStyles = ['reading', 'questions', 'hands_on', 'mixed'] as const;
export type StudyStyle = (typeof studyStyles)[number];

/** Reviews a day that fit into the hours of a week: two thirds of the daily time, and never fewer than a handful. */
export function reviewsThatFit(hoursAWeek: number, secondsPerReview: number): number {
  const secondsADay = (Math.max(0, hoursAWeek) * 3_600) / 7;
  return Math.min(200, Math.max(20, Math.floor((secondsADay * (2 / 3)) / Math.max(1, secondsPerReview) / 10) * 10));
}

/** The minutes of a session of the day: a seventh of the week's hours, in fives, between 5 and 120; 10 where no hours are set aside. */
export function minutesADay(hoursAWeek: number): number {
  if (hoursAWeek <= 0) return 10;
  return Math.min(120, Math.max(5, Math.round((hoursAWeek * 60) / 7 / 5) * 5));
}
