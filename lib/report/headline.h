/* What a manager repeats: the week in a few sentences, and the wording that all writers share. */
#ifndef VOC_REPORT_HEADLINE_H
#define VOC_REPORT_HEADLINE_H

#include "report/content.h"
#include "report/phrase.h"

G_BEGIN_DECLS

/* The report's title: "Customer feedback, week 47, 2026". */
const char *voc_headline_title(const VocContent *content, VocPhrase *phrase);

/* The sentences, the most important first; never none. Free the array with g_ptr_array_unref; the strings are
 * the phrase's. */
GPtrArray *voc_headline_sentences(const VocContent *content, VocPhrase *phrase);

/* How it was counted, a sentence a fact: what a reader must know to trust the figures. */
GPtrArray *voc_headline_method(const VocContent *content, VocPhrase *phrase);

/* A theme's name, with a capital first letter. */
const char *voc_headline_theme(const VocContent *content, VocPhrase *phrase, VocName theme);

/* A channel's or touchpoint's name; "not said" for none. Known channels in the language in use. */
const char *voc_headline_channel(const VocContent *content, VocPhrase *phrase, VocName channel);
const char *voc_headline_place(const VocContent *content, VocPhrase *phrase, VocName place);

/* A known channel in the language in use; any other as it is. */
const char *voc_headline_channel_name(const char *channel);

/* "Finnish"; the code itself when it is not known. */
const char *voc_headline_language(const VocContent *content, VocPhrase *phrase, VocName lang);

/* A theme's owner: the known ones ("service-design", ...) in the language in use. */
const char *voc_headline_owner(const char *owner);

/* A kind of failure demand ("chase", ...) in words; the kind itself when it is not known. */
const char *voc_headline_cue_kind(const char *kind);

/* "NPS", "Stars", ... */
const char *voc_headline_rating(VocRatingKind kind);

/* A rating's value as it is written: NPS without decimals and with its sign, means with two. */
const char *voc_headline_rating_value(VocPhrase *phrase, VocRatingKind kind, double value);

/* "rose", "fell", "new", "rising slowly", "within chance", "too few to say"; an arrow for it, "" for no
 * change. */
const char *voc_headline_change(VocChange change);
const char *voc_headline_arrow(VocChange change);

/* What themes' effects are counted in: "NPS points", "stars", "sentiment points"; what a column of them is
 * called; and how many decimals they take. */
const char *voc_headline_effect_unit(const VocContent *content);
const char *voc_headline_effect_name(const VocContent *content);
int voc_headline_effect_decimals(const VocContent *content);

/* "the week before", "the day before", "the month before"; "12 weeks before". */
const char *voc_headline_before(const VocContent *content);
const char *voc_headline_usual(const VocContent *content, VocPhrase *phrase);

/* Where a quote comes from: "survey.csv:12 · id 5f2c… · 16.11.2026 · chat". */
const char *voc_headline_trace(const VocContent *content, VocPhrase *phrase, gsize row);

G_END_DECLS

#endif
