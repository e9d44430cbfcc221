import type { HandlerParts } from '#main/app/parts';
import { cardsHandlers } from './cards';
import { comparisonHandlers } from './comparison';
import { studyCoursesHandlers } from './courses';
import { dashboardHandlers } from './dashboard';
import { examsHandlers } from './exams';
import { goalsHandlers } from './goals';
import { heatmapsHandlers } from './heatmaps';
import { labsHandlers } from './labs';
import { libraryHandlers } from './library';
import { masteryHandlers } from './mastery';
import { pathsHandlers } from './paths';
import { practiceHandlers } from './practice';
import { questionsHandlers } from './questions';
import { readinessHandlers } from './readiness';
import { recommendationsHandlers } from './recommendations';
import { tutorsHandlers } from './tutors';

/** Everything about learning. */
export function learningHandlers(parts: HandlerParts) {
  return {
    ...studyCoursesHandlers(parts),
    ...questionsHandlers(parts),
    ...libraryHandlers(),
    ...goalsHandlers(parts),
    ...pathsHandlers(parts),
    ...practiceHandlers(parts),
    ...cardsHandlers(parts),
    ...examsHandlers(parts),
    ...labsHandlers(parts),
    ...readinessHandlers(parts),
    ...masteryHandlers(parts),
    ...heatmapsHandlers(parts),
    ...recommendationsHandlers(parts),
    ...comparisonHandlers(parts),
    ...dashboardHandlers(parts),
    ...tutorsHandlers(parts),
  };
}
