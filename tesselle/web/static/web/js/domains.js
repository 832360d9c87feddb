/** Which part of a host name can exist; `endings` is the Set of top-level domains. As `tesselle/domain/text/domains.py`. */

const ASCII_RUN = /^[A-Za-z]+(?![0-9A-Za-z@+\-])/;

export function knownPart(host, endings) {
  const labels = host.split(".");
  for (let index = labels.length - 1; index > 0; index -= 1) {
    if (labels[index - 1].includes("_")) continue;
    const length = endingLength(labels[index], endings);
    if (length > 0) return labels.slice(0, index).join(".").length + 1 + length;
  }
  return 0;
}

function endingLength(label, endings) {
  const lowered = label.toLowerCase();
  if (endings.has(lowered) || lowered.startsWith("xn--")) return label.length;
  const run = ASCII_RUN.exec(label)?.[0] ?? "";
  return endings.has(run.toLowerCase()) ? run.length : 0;
}
