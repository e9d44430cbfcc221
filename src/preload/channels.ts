/** The names under which the preload script and the main process speak. */
export const channels = {
  call: 'ivy:call',
  cancel: 'ivy:cancel',
  event: 'ivy:event',
  chooseFile: 'ivy:chooseFile',
  addFile: 'ivy:addFile',
  saveDownload: 'ivy:saveDownload',
  contact: 'ivy:contact',
  openLink: 'ivy:openLink',
} as const;
