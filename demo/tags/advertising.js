// Brightboard Adverts (invented): remembers which pages you read, in a cookie and a profile of the site that embeds it.
(() => {
  const threeMonths = 90 * 86_400;
  document.cookie = `_brightboard=seen; path=/; max-age=${threeMonths}; samesite=lax`;
  const profile = JSON.parse(localStorage.getItem('brightboard-profile') ?? '[]');
  const pages = [...new Set([...profile, location.pathname])].slice(-20);
  localStorage.setItem('brightboard-profile', JSON.stringify(pages));
  const line = document.createElement('li');
  line.dataset.running = 'advertising';
  line.textContent = `advertising tag running, pages in your profile: ${pages.length}`;
  document.getElementById('running-tags')?.append(line);
})();
