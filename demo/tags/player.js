// Clipshelf Video (invented): keeps how the player is set in the local storage of the site that embeds it.
(() => {
  localStorage.setItem('clipshelf-player', JSON.stringify({ volume: 0.8 }));
  const line = document.createElement('li');
  line.dataset.running = 'media';
  line.textContent = 'media player running';
  document.getElementById('running-tags')?.append(line);
})();
