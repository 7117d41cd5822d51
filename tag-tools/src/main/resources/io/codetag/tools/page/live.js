// A page that is served asks for news; a page that is a file has nothing to ask.

function startLive(app, live) {
  const state = { app, live, paused: false, baseline: null, failures: 0, timer: 0 };
  const pause = el('button', { type: 'button', id: 'pause', 'aria-pressed': 'false', click: () => pauseLive(state, pause) }, 'Pause');
  const compare = el('button', { type: 'button', id: 'compare', 'aria-pressed': 'false', click: () => compareLive(state, compare) },
      'Compare from now');
  byId('actions').prepend(pause, compare);
  if (live.toggle) {
    state.toggle = el('button', { type: 'button', id: 'toggle', click: () => askToToggle(state) });
    byId('actions').prepend(state.toggle);
  }
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
      pollNow(state);
    }
  });
  pollNow(state);
}

function pauseLive(state, button) {
  state.paused = !state.paused;
  button.textContent = state.paused ? 'Go on' : 'Pause';
  button.setAttribute('aria-pressed', String(state.paused));
  if (!state.paused) {
    pollNow(state);
  }
}

/** Takes what is shown as the baseline: from now on the page says what grew since. */
function compareLive(state, button) {
  state.baseline = state.baseline ? null : state.app.model;
  button.textContent = state.baseline ? 'End comparison' : 'Compare from now';
  button.setAttribute('aria-pressed', String(state.baseline !== null));
  const model = state.app.model;
  model.older = null;
  showNews(state, model);
  if (!state.baseline) {
    state.app.metric = 'bytes';
    state.app.filter.change = '';
  }
  state.app.filtersChanged();
}

function pollNow(state) {
  clearTimeout(state.timer);
  if (!state.paused && !document.hidden && !state.asking) {
    poll(state);
  }
}

/** Asks again only after an answer, and the later the longer it took: a page never asks more than a tenth of the time. */
async function poll(state) {
  state.asking = true;
  const begun = performance.now();
  try {
    const answer = await fetch('page.json', { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
    const model = readModel(await answer.json());
    if (!state.paused) {
      state.failures = 0;
      notice(state.app, '');
      showNews(state, model);
    }
  } catch (failed) {
    state.failures++;
    notice(state.app, 'The program does not answer (' + shown(failed.message) + '); shown is what it said last. Asking again …');
  }
  state.asking = false;
  const took = performance.now() - begun;
  const wait = Math.max(state.live.interval, took * 9) * Math.min(8, 1 + state.failures);
  state.timer = setTimeout(() => pollNow(state), wait);
}

function showNews(state, model) {
  if (state.baseline) {
    compareWith(model, state.baseline);
  }
  if (state.toggle) {
    state.toggle.textContent = model.profiling === 'on' ? 'Stop recording' : 'Record';
    state.toggle.disabled = model.profiling === 'never';
  }
  state.app.show(model);
}

/** The token is asked for each time, and kept nowhere. */
function askToToggle(state) {
  const dialog = byId('details');
  const on = state.app.model.profiling !== 'on';
  const token = el('input', { type: 'password', id: 'token', autocomplete: 'off', required: true });
  const answer = el('p', { role: 'status' });
  const send = el('button', { type: 'submit' }, on ? 'Record' : 'Stop recording');
  const form = el('form', { submit: event => {
    event.preventDefault();
    toggle(state, on, token.value, answer, dialog);
  } }, el('label', { for: 'token' }, 'Token'), token, answer,
  el('div', { class: 'buttons' }, send, el('button', { type: 'button', click: () => dialog.close() }, 'Cancel')));
  dialog.replaceChildren(el('h2', { id: 'details-title' }, on ? 'Record allocations again?' : 'Stop recording allocations?'),
      el('p', {}, 'What was recorded stays exact: frees are credited while recording is off, too.'), form);
  dialog.showModal();
}

async function toggle(state, on, token, answer, dialog) {
  try {
    const response = await fetch('profiling?record=' + (on ? 'on' : 'off'),
        { method: 'POST', headers: { 'X-Codetag-Token': token }, cache: 'no-store', credentials: 'omit' });
    if (response.ok) {
      dialog.close();
      pollNow(state);
    } else {
      answer.textContent = shown((await response.text()).trim());
    }
  } catch (failed) {
    answer.textContent = shown(failed.message);
  }
}
