// Runs before the first paint so that a chosen theme never flashes the other one.
try {
  var look = JSON.parse(localStorage.getItem('parley:look') || '{}')
  if (look.theme === 'light' || look.theme === 'dark') document.documentElement.dataset.theme = look.theme
  if (look.accent) document.documentElement.dataset.accent = look.accent
  if (look.textSize) document.documentElement.dataset.textSize = look.textSize
} catch (error) {
  // A blocked or damaged storage leaves the system theme.
}
