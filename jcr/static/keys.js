// Buttons of a group by their number alone. Off until somebody turns it on (WCAG 2.1.4), and then on for this browser.
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
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat
    const typing = event.target.closest('input, textarea, select, [contenteditable]')
    const button = buttons.find((one) => one.accessKey === event.key)
    if (isOn() && plain && !typing && button) button.click()
  })
}

function isOn() {
  return localStorage.getItem(KEPT) === 'on'
}

function show(toggle) {
  toggle.textContent = isOn() ? 'Stop using the number keys alone' : 'Use the number keys alone'
}
