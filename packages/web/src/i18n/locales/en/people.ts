/** Words of features/people. */
export default {}
