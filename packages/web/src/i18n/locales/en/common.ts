/** Words used everywhere. */
export default {
  back: 'Back',
  cancel: 'Cancel',
  close: 'Close',
  copied: 'Copied',
  copy: 'Copy',
  loading: 'Loading…',
  more: 'More',
  notification: 'Notification',
  retry: 'Try again',
  save: 'Save',
  status: { busy: 'Busy', disabled: 'Switched off', offline: 'Offline', online: 'Online' },
  role: { owner: 'Owner', admin: 'Admin', member: 'Member', guest: 'Guest' },
  you: 'You',
}
