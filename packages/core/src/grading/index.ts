export {
  type GradeScale,
  type GradeThresholds,
  gradeIndex,
  gradeScale,
  gradesOutOfReach,
} from './grades.js'
