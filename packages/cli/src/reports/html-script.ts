/** Shows the findings of the severities and the rule that are chosen. The page says everything without it. */
export const SCRIPT = `
const form = document.getElementById('filter');
const status = document.getElementById('shown');
const findings = [...document.querySelectorAll('article')];
function show() {
  const chosen = new FormData(form);
  const severities = chosen.getAll('severity');
  const rule = chosen.get('rule');
  let shown = 0;
  for (const finding of findings) {
    finding.hidden = !severities.includes(finding.dataset.severity) || (rule !== '' && finding.dataset.rule !== rule);
    if (!finding.hidden) shown++;
  }
  status.textContent = shown + ' of ' + findings.length + ' shown';
}
if (form !== null) {
  form.hidden = false;
  form.addEventListener('change', show);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    show();
  });
  show();
}
`;
