/** The names under which the preload script and the main process speak. */
export const channels = {
  call: 'ivy:call',
  cancel: 'ivy:cancel',
  event: 'ivy:event',
  chooseFile: 'ivy:chooseFile',
  chooseFolder: 'ivy:chooseFolder',
  addFile: 'ivy:addFile',
  saveDownload: 'ivy:saveDownload',
  contact: 'ivy:contact',
  openLink: 'ivy:openLink',
  openAttachment: 'ivy:openAttachment',
} as const;
