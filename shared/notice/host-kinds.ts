// What other hosts are for, by name: enough of the common ones to say "this page loads visitor statistics". An unknown host says nothing.
import type { HostKind } from './topics.ts';

/** Registrable names or hosts; a name covers what is below it. */
const HOSTS: Record<HostKind, string> = {
  statistics:
    'google-analytics.com analytics.google.com matomo.cloud plausible.io hotjar.com hotjar.io clarity.ms mixpanel.com amplitude.com segment.com segment.io heap.io heapanalytics.com fullstory.com mouseflow.com crazyegg.com kissmetrics.io statcounter.com cloudflareinsights.com simpleanalyticscdn.com usefathom.com piwik.pro etracker.com etracker.de econda-monitor.de at-internet.com xiti.com omtrdc.net 2o7.net chartbeat.com chartbeat.net parsely.com quantserve.com scorecardresearch.com posthog.com goatcounter.com umami.is webtrends.com yandex.ru mc.yandex.ru ioam.de wt-safetag.com siteimproveanalytics.com monsido.com optimizely.com vwo.com visualwebsiteoptimizer.com contentsquare.net smartlook.com luckyorange.com stats.wp.com pixel.wp.com snowplowanalytics.com',
  advertising:
    'doubleclick.net googleadservices.com googlesyndication.com googletagservices.com adservice.google.com facebook.net ads-twitter.com analytics.twitter.com bat.bing.com snap.licdn.com px.ads.linkedin.com analytics.tiktok.com sc-static.net ct.pinterest.com criteo.com criteo.net taboola.com outbrain.com adnxs.com rubiconproject.com pubmatic.com openx.net adform.net amazon-adsystem.com casalemedia.com adroll.com rlcdn.com demdex.net everesttech.net bluekai.com 3lift.com sharethrough.com teads.tv smartadserver.com yieldlab.net adition.com awin1.com zenaps.com tradedoubler.com impact.com redditstatic.com quora.com mathtag.com bidswitch.net moatads.com',
  tags: 'googletagmanager.com tealiumiq.com tiqcdn.com ensighten.com adobedtm.com commander1.com',
  social:
    'connect.facebook.net platform.twitter.com platform.x.com platform.linkedin.com instagram.com addthis.com addtoany.com sharethis.com assets.pinterest.com facebook.com embed.reddit.com tiktok.com',
  video:
    'youtube.com youtube-nocookie.com youtu.be ytimg.com vimeo.com vimeocdn.com dailymotion.com wistia.com wistia.net brightcove.net brightcove.com jwplayer.com jwplatform.com twitch.tv vidyard.com soundcloud.com spotify.com',
  map: 'maps.google.com maps.googleapis.com maps.gstatic.com openstreetmap.org mapbox.com leafletjs.com here.com bing.com/maps what3words.com tile.osm.org',
  payment:
    'stripe.com paypal.com paypalobjects.com adyen.com braintreegateway.com braintree-api.com worldpay.com klarna.com klarnacdn.net mollie.com gocardless.com squareup.com squarecdn.com checkout.com sagepay.com opayo.eu.elavon.com cybersource.com authorize.net payone.com paymentsense.cloud justgiving.com razorpay.com amazonpay.com pay.google.com applepay.cdn-apple.com opayo.co.uk global-e.com recurly.com chargebee.com paddle.com',
  chat: 'intercom.io intercomcdn.com drift.com driftt.com zopim.com zdassets.com zendesk.com livechatinc.com tawk.to crisp.chat olark.com hubspot.com usemessages.com freshchat.com userlike.com tidio.co liveperson.net',
  captcha: 'recaptcha.net hcaptcha.com challenges.cloudflare.com friendlycaptcha.com arkoselabs.com',
  font: 'fonts.googleapis.com fonts.gstatic.com use.typekit.net p.typekit.net fast.fonts.net use.fontawesome.com kit.fontawesome.com cdnjs.cloudflare.com cdn.jsdelivr.net unpkg.com ajax.googleapis.com code.jquery.com maxcdn.bootstrapcdn.com',
  consent:
    'cookiebot.com cookielaw.org onetrust.com usercentrics.eu privacy-center.org didomi.io trustarc.com consensu.org cookiepro.com civiccomputing.com iubenda.com quantcast.mgr.consensu.org sourcepoint.com sp-prod.net consentmanager.net cookiefirst.com termly.io osano.com axept.io tarteaucitron.io cookiehub.eu cookieyes.com borlabs.io ccm19.de complianz.io',
  monitoring:
    'sentry.io sentry-cdn.com bugsnag.com newrelic.com nr-data.net datadoghq.com browser-intake-datadoghq.eu logrocket.io rollbar.com raygun.io speedcurve.com',
};

let byHost: Map<string, HostKind> | null = null;
function table(): Map<string, HostKind> {
  byHost ??= new Map(
    (Object.entries(HOSTS) as [HostKind, string][]).flatMap(([kind, names]) =>
      names.split(' ').map((name): [string, HostKind] => [name, kind]),
    ),
  );
  return byHost;
}

const BY_PATH: [RegExp, HostKind][] = [
  [/\/(?:matomo|piwik)\./, 'statistics'],
  [/^(?:www\.)?google\.[a-z.]+\/maps/, 'map'],
  [/^(?:www\.)?google\.[a-z.]+\/recaptcha/, 'captcha'],
  // What a site calls its own: "stats.site.example".
  [/^(?:matomo|piwik|plausible|umami|analytics|stats|statistik|metrics)\./, 'statistics'],
];

/** Null: not known. Takes a host, with or without a port, and with the path that loaded-from.ts leaves to some. */
export function hostKind(name: string): HostKind | null {
  const [host = ''] = name.toLowerCase().split('/');
  return kindOfHost(host) ?? BY_PATH.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? null;
}

function kindOfHost(host: string): HostKind | null {
  const labels = host.replace(/:\d+$/, '').split('.').slice(-6);
  for (let from = 0; from < labels.length - 1; from += 1) {
    const kind = table().get(labels.slice(from).join('.'));
    if (kind) return kind;
  }
  return null;
}
