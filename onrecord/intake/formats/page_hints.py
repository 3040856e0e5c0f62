"""What the names, roles and tags of a page's elements hint at. Names are those that programs which make pages give, whole or by their
words; whether a hint holds is for the structure to say."""

# ruff: noqa: E501 - the lists of words are easier to read and to add to when a kind stands on a line

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HINTS = {
    "navigation": "nav navbar navigation menu main-menu mainmenu main-nav site-nav sub-menu submenu menubar breadcrumb breadcrumbs skip skiplink skip-link skiplinks skip-links pager pagination post-navigation nav-links toolbar language-switcher lang-switch langswitch topbar top-bar tablist masthead-nav",
    "share bar": "share sharing sharebar share-bar share-links share-buttons social-share social-sharing socials social social-links social-icons social-media addthis addthis_toolbox addtoany sharethis sharedaddy a2a_kit byline-social sd-sharing print print-link print-button print-friendly printfriendly pf-button heateor_sss_sharing_container elementor-share-buttons",
    "cookie notice": "cookie cookies cookie-notice cookie-banner cookie-bar cookiebar cookie-consent cookie-law cookie-wall cookie-law-info-bar consent gdpr onetrust onetrust-banner-sdk onetrust-consent-sdk cookieconsent cc-window cmplz-cookiebanner cybotcookiebotdialog",
    "comments": "comments comments-area comment-list commentlist comment-respond disqus disqus_thread respond",
    "related links": "related related-posts related-articles related-links related-content related-news related-stories relatedposts jp-relatedposts yarpp-related recommended recommendations trending popular popular-posts most-read mostread more-news more-stories more-from read-more-posts readmore latest-news latest-posts recent-posts outbrain taboola",
    "side column": "sidebar side-bar widget-area sidebar-primary secondary-sidebar right-sidebar left-sidebar widget",
    "sign-up form": "newsletter newsletter-signup newsletter-form subscribe subscription signup sign-up mc_embed_signup donate donation cta call-to-action",
    "advertisement": "ad ads advert adverts advertisement advertising adsbygoogle promo promoted sponsor sponsored banner-ad google-ad",
    "overlay": "popup pop-up modal overlay lightbox",
    "page foot": "footer site-footer page-footer colophon footer-widgets site-info credits",
    "about the page": "tags tag-list tag-links tagcloud tag-cloud category-list cat-links entry-meta-footer entry-footer entry-utility posted-in author-box breadcrumbs-wrap edit-link post-edit-link postmetadata",
    "form": "login login-form loginform search searchbox search-box search-form searchform",
    "caption of a picture": "caption wp-caption-text figcaption image-caption img-caption photo-caption picture-caption credit photo-credit",
    "hidden": "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader screenreader element-invisible d-none hidden hide is-hidden u-hidden noprint-hidden",
}  # fmt: skip
REASONS = {name: reason for reason, names in HINTS.items() for name in names.split()}
ROLES = {
    "navigation": "navigation", "menu": "navigation", "menubar": "navigation", "toolbar": "navigation", "tablist": "navigation", "search": "form", "dialog": "overlay",
    "alertdialog": "overlay", "tooltip": "overlay", "complementary": "side column", "contentinfo": "page foot", "banner": "page head",
}  # fmt: skip
TAGS = {"nav": "navigation", "search": "form", "dialog": "overlay", "aside": "side column", "footer": "page foot"}
# What opens and folds a part of a text: such a part is hidden until a reader asks for it, and belongs to the text.
FOLDS = frozenset(
    "accordion accordion-body accordion-content accordion-collapse accordion-panel accordion-item collapse collapsible collapsed panel panel-body panel-collapse toggle toggle-content tab-pane tabpanel tab-content "
    "read-more-target read-more readmore more-text more-content moretext morecontent expand expandable expander fold folded paywall truncated spoiler elementor-tab-content".split()
)  # fmt: skip
# Words within the names of what stands in an article and is none of its text.
WITHIN = {
    "related links": r"related|recirc(?:ulation)?|recommend(?:ed|ations?)|trending|outbrain|taboola|yarpp|up-?next|more-?(?:from|stories|news|on)|(?:latest|recent)-?(?:news|posts)|(?:see|also|read|most)-?(?:next|also|read)",
    "share bar": r"share|shares|sharing|sharedaddy|social|socials|addthis|addtoany|shariff|jp-relatedposts|likes?-widget|sharethis|share-?(?:bar|buttons?|links?|tools)",
    "sign-up form": r"newsletters?|sign-?up|singup|subscribe|subscriptions?|optin|mailchimp|paywall-?prompt|donate|donation|membership|cta|call-?to-?action",
    "advertisement": r"ads?|advert|adverts|advertising|advertisement|ad-?(?:slot|unit|container|wrapper)|dfp|gpt|sponsor|sponsored|promo|promos|promotion|adsense|disclosures?",
    "comments": r"comments?|disqus|respond|reply|replies|cmts?",
    "caption of a picture": r"captions?|credits?|figcaption|cutline|photo-?credit|copyright|gallery|slideshow|lightbox|carousel|swiper|thumbnails?",
    "about the author": r"author-?(?:box|bio|info|card|description|meta|profile)?|bio|biography|about-?author|contributors?",
    "about the page": r"tags|tag-?(?:list|box|cloud|links)|post-?tags|tagged|categories|print-?(?:button|link)|rating|ratings|votes?|toolbar|feedback|view-?counts?|viewed",
    "navigation": r"breadcrumbs?|pagination|pager|nav|navigation|next-?prev|prev-?next|post-?nav|jump-?links?|backlink|skip-?links?",
    "overlay": r"popup|pop-?up|modal|overlay|tooltip|cookies?|consent|gdpr",
}  # fmt: skip
_PATTERNS = {reason: re.compile(rf"(?<![a-z])(?:{words})(?![a-z])") for reason, words in WITHIN.items()}


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def within_article(element: HtmlElement) -> str:
    """What an element that stands in an article is by a word in its names; empty where no word hints at furniture."""
    called = f"{element.get('class') or ''} {element.get('id') or ''}"
    return "" if called == " " else _reason(called)


@lru_cache(maxsize=20_000)
def _reason(called: str) -> str:
    for name in _CAMEL.sub("-", called).lower().split():
        for reason, pattern in _PATTERNS.items():
            if pattern.search(name):
                return reason
    return ""
