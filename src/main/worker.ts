export { runTask as default } from './worker/tasks';
