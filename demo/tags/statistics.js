// Tallyhouse Statistics (invented): counts page views in a cookie of the site that embeds it, and says so in its footer.
(() => {
  const fourteenMonths = 14 * 30 * 86_400;
  const [, before] = /(?:^|; )_tallyhouse=(\d+)/.exec(document.cookie) ?? [];
  const views = Number(before ?? 0) + 1;
  document.cookie = `_tallyhouse=${views}; path=/; max-age=${fourteenMonths}; samesite=lax`;
  const line = document.createElement('li');
  line.dataset.running = 'statistics';
  line.textContent = `statistics tag running, pages counted: ${views}`;
  document.getElementById('running-tags')?.append(line);
})();
