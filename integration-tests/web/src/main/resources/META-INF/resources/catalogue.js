// What this page does with a sign-in: it stays where it is
document.addEventListener('device-authorization', event => {
  if (event.detail.state === 'approved') {
    event.preventDefault();
    document.getElementById('what').textContent = 'Here are your loans.';
  }
});
