// tag::script[]
document.addEventListener('device-authorization', event => {
  if (event.detail.state === 'approved') {
    event.preventDefault(); // stays on this page
    document.getElementById('what').textContent = 'Here are your loans.';
  }
});
// end::script[]
