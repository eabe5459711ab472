// Keeps a sign-in up to date. Everything works without it, by links and forms.
(() => {
  'use strict';

  const base = document.currentScript.src.replace(/\/script\.js(\?.*)?$/, '');
  const pending = ['waiting', 'slowed-down', 'connection-lost'];
  const ended = ['approved', 'denied', 'expired', 'cancelled', 'failed', 'none'];
  const soon = 1000;
  const later = () => 5000 + Math.random() * 5000;

  class SignIn {
    constructor(host) {
      this.host = host;
      this.level = host.dataset.heading || '2';
      this.announcer = document.createElement('p');
      this.announcer.className = 'device-authorization-announcer';
      this.announcer.setAttribute('role', 'status');
      host.addEventListener('submit', event => this.submit(event));
      addEventListener('pageshow', event => event.persisted && this.load());
      if (this.section()) {
        host.append(this.announcer);
        this.shown();
      } else {
        this.load();
      }
    }

    section() {
      return this.host.querySelector('.device-authorization');
    }

    state() {
      return this.section() ? this.section().dataset.state : null;
    }

    isPending() {
      return pending.includes(this.state());
    }

    // What happens

    listen() {
      this.stop();
      this.source = new EventSource(base + '/events');
      this.source.onopen = () => this.section().classList.add('live');
      this.source.onerror = () => {
        this.section().classList.remove('live');
        this.say(this.section().dataset.reconnecting, 'connection-lost');
        if (this.source.readyState === EventSource.CLOSED) {
          this.again(later());
        }
      };
      pending.forEach(state => this.source.addEventListener(state, event => this.say(event.data, state)));
      ended.forEach(state => this.source.addEventListener(state, () => {
        this.stop();
        this.load();
      }));
    }

    stop() {
      clearTimeout(this.timer);
      if (this.source) {
        this.source.close();
        this.source = null;
      }
    }

    again(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.load(), wait);
    }

    say(text, state) {
      const status = this.host.querySelector('[data-status]');
      if (status && status.textContent !== text) {
        status.textContent = text;
        this.announcer.textContent = text;
      }
      this.section().dataset.state = state;
    }

    // What is shown

    load() {
      this.stop();
      fetch(base + '/fragment?heading=' + this.level, { credentials: 'same-origin', cache: 'no-store' })
        .then(response => response.text())
        .then(html => this.show(html))
        .catch(() => this.again(this.section() ? soon : later()));
    }

    show(html) {
      const section = new DOMParser().parseFromString(html, 'text/html').querySelector('.device-authorization');
      if (!section) {
        throw new Error('This is no sign-in');
      }
      const before = this.section();
      const wasPending = this.isPending();
      if (before && wasPending && pending.includes(section.dataset.state) && code(before) === code(section)) {
        this.listen(); // the same as before
        return;
      }
      const focused = !before || this.host.contains(document.activeElement) || document.activeElement === document.body;
      this.host.replaceChildren(document.importNode(section, true), this.announcer);
      this.announcer.textContent = '';
      if (before && focused) {
        this.host.querySelector('.heading').focus();
      }
      this.shown();
      if (this.tell() && wasPending && this.state() === 'approved') {
        this.goOn();
      }
    }

    shown() {
      this.countDown();
      if (this.isPending()) {
        this.listen();
      }
    }

    // An application that has this on its page may go on by itself
    tell() {
      const detail = { state: this.state() };
      if (window.parent !== window) {
        window.parent.postMessage({ type: 'device-authorization', ...detail }, '*');
      }
      return this.host.dispatchEvent(new CustomEvent('device-authorization', { bubbles: true, cancelable: true, detail }));
    }

    goOn() {
      const link = this.host.querySelector('[data-continue]');
      if (link) {
        setTimeout(() => location.assign(link.href), 1500);
      }
    }

    countDown() {
      clearInterval(this.clock);
      const left = this.host.querySelector('[data-seconds]');
      if (!left) {
        return;
      }
      const end = performance.now() + 1000 * Number(left.dataset.seconds);
      const write = () => {
        const seconds = Math.max(0, Math.round((end - performance.now()) / 1000));
        left.textContent = Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
      };
      write();
      this.clock = setInterval(write, 1000);
    }

    submit(event) {
      const form = event.target;
      event.preventDefault();
      form.querySelector('button').disabled = true;
      this.stop();
      const body = new URLSearchParams(new FormData(form));
      body.set('view', 'fragment');
      fetch(base + form.dataset.part + '?heading=' + this.level, { method: 'POST', credentials: 'same-origin', body })
        .then(response => response.text())
        .then(html => this.show(html))
        .catch(() => form.submit());
    }
  }

  function code(section) {
    const shown = section.querySelector('.code');
    return shown ? shown.textContent : null;
  }

  document.querySelectorAll('[data-device-authorization]').forEach(host => new SignIn(host));
})();
