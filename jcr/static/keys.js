// Buttons of a group by their number: with Alt in every browser, where some want other keys for an access key (a
// browser that knows it by itself has prevented the default), and alone once somebody turns that on (WCAG 2.1.4).
const KEPT = 'number-keys'

export function numberKeys(group) {
  const buttons = [...group.querySelectorAll('button[accesskey]')]
  const toggle = document.createElement('button')
  toggle.type = 'button'
  toggle.className = 'app-link-button'
  const line = document.createElement('p')
  line.className = 'govuk-body govuk-!-margin-top-2 govuk-!-margin-bottom-0'
  line.append(toggle)
  group.append(line)
  show(toggle)
  toggle.addEventListener('click', () => {
    localStorage.setItem(KEPT, isOn() ? 'off' : 'on')
    show(toggle)
  })
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, textarea, select, [contenteditable]')
    // Not Alt with the number pad, which types letters and signs on Windows
    const meant = event.altKey ? event.code.startsWith('Digit') : isOn() && !typing
    const taken = event.ctrlKey || event.metaKey || event.repeat || event.defaultPrevented
    const button = buttons.find((one) => one.accessKey === event.key)
    if (!button || !meant || taken) return
    event.preventDefault()
    button.click()
  })
}

function isOn() {
  return localStorage.getItem(KEPT) === 'on'
}

function show(toggle) {
  toggle.textContent = isOn() ? 'Stop using the number keys alone' : 'Use the number keys alone'
}
