/** Words of features/settings. */
export default {}
