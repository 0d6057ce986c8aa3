/** Words of features/agents. */
export default {}
