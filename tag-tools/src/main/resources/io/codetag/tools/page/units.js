// Numbers for people. Human units are those of `numfmt --to=iec`, as in every report: always rounded up.

const grouping = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Bytes in binary units: 1025 is 1.1K. */
function human(bytes) {
  let value = Math.abs(bytes);
  let power = 0;
  while (value >= 1024 && power < 6) {
    value /= 1024;
    power++;
  }
  if (power === 0) {
    return minus(bytes) + value;
  }
  const tenths = Math.ceil(value * 10);
  let text = tenths <= 99 ? (tenths / 10).toFixed(1) : String(Math.ceil(value));
  if (text === '1024' && power < 6) {
    power++;
    text = '1.0';
  }
  return minus(bytes) + text + 'KMGTPE'[power - 1];
}

/** All digits; beyond 2^53 the page does not know the last ones, and says so. */
function exact(number) {
  return (Number.isSafeInteger(number) ? '' : '≈ ') + minus(number) + grouping.format(Math.abs(number));
}

function signed(number, format) {
  return number > 0 ? '+' + format(number) : format(number);
}

function share(part, whole) {
  if (whole <= 0) {
    return '–';
  }
  const percent = 100 * part / whole;
  return (percent >= 10 || percent === 0 ? percent.toFixed(1) : percent < 0.01 ? '< 0.01' : percent.toFixed(2)) + ' %';
}

function plural(number, one, many) {
  return exact(number) + ' ' + (number === 1 ? one : many);
}

function moment(millis) {
  return new Date(millis).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

function minus(number) {
  return number < 0 ? '−' : '';
}
