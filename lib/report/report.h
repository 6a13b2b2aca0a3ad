/* A report: the content worded, before any writer lays it out. Sections of blocks: paragraphs, lists,
 * tables, quotes, cards and a waterfall. Built from content.h in one language; every writer shows the same
 * words. */
#ifndef VOC_REPORT_REPORT_H
#define VOC_REPORT_REPORT_H

#include "report/content.h"
#include "report/phrase.h"

G_BEGIN_DECLS

typedef enum { VOC_TONE_PLAIN, VOC_TONE_SOFT, VOC_TONE_GOOD, VOC_TONE_BAD } VocTone;

typedef struct VocDocCell {
    const char *text;  /* never NULL */
    const char *brief; /* where room is scarce; NULL: the text */
    VocTone tone;
    double sort;           /* what a sortable column sorts by; NaN goes last */
    const gint64 *history; /* VOC_HISTORY of them, or NULL: drawn instead of the text */
    int heat;              /* 1 to 5 colours the cell; 0 does not */
} VocDocCell;

typedef struct VocDocColumn {
    const char *title;
    gboolean right;     /* numbers */
    const char *key;    /* sortable by this; NULL: not */
    gboolean pictorial; /* holds histories: left out where nothing can be drawn */
    const char *brief;  /* where room is scarce; NULL: the title */
} VocDocColumn;

typedef struct VocDocQuote VocDocQuote;
struct VocDocQuote {
    const char *text, *trace, *lang; /* lang "" when not known */
    VocFeeling feeling;
    VocDocQuote *next;
};

typedef struct VocDocRow VocDocRow;
struct VocDocRow {
    VocDocCell *cells; /* one a column */
    const char *note;  /* what more there is to say of it, or NULL */
    VocDocQuote *quotes;
    VocDocRow *next;
};

/* A step of a waterfall: `value` is where it ends, `change` by how much; totals stand on the ground. A
 * waterfall is a picture of a table that stands beside it: writers that cannot draw leave it out. */
typedef struct VocDocStep VocDocStep;
struct VocDocStep {
    const char *name, *text;
    double value, change;
    gboolean total;
    VocDocStep *next;
};

typedef struct VocDocCard VocDocCard;
struct VocDocCard {
    const char *name, *big, *small; /* small may be "" */
    const char *lines[2];           /* comparisons, NULL when there are fewer */
    const char *verdict;
    VocTone tone;
    const gint64 *history;
    VocDocCard *next;
};

typedef enum {
    VOC_BLOCK_PARAGRAPH,
    VOC_BLOCK_NOTE, /* a paragraph in small print */
    VOC_BLOCK_LIST,
    VOC_BLOCK_TABLE,
    VOC_BLOCK_QUOTES,
    VOC_BLOCK_CARDS,
    VOC_BLOCK_WATERFALL,
} VocDocKind;

typedef struct VocDocBlock VocDocBlock;
struct VocDocBlock {
    VocDocKind kind;
    const char *title; /* of the block inside its section, or NULL */
    const char *text;  /* paragraph; caption of a table or picture, or NULL */
    GPtrArray *items;  /* list */
    const VocDocColumn *columns;
    int n_columns;
    gboolean filterable; /* table: the one that is searched, sorted and opened */
    VocDocRow *rows;
    VocDocQuote *quotes;
    VocDocCard *cards;
    VocDocStep *steps;
    VocDocBlock *next;
};

typedef struct VocDocSection VocDocSection;
struct VocDocSection {
    const char *id; /* stable, for links and tests: "themes" */
    const char *title;
    VocDocBlock *blocks;
    VocDocSection *next;
};

typedef struct VocReport {
    const VocContent *content;
    VocPhrase *phrase;
    VocArena arena;
    GPtrArray *lists;
    const char *title, *days,
        *size; /* "Customer feedback, week 47, 2026"; its days; "57 messages · 51 contacts" */
    VocDocSection *sections;
} VocReport;

/* Words the content; content and phrase must outlive the report. */
VocReport *voc_report_new(const VocContent *content, VocPhrase *phrase);
void voc_report_free(VocReport *report);

/* For the parts that word the sections; what they return belongs to the report. */
VocDocSection *voc_report_add(VocReport *report, const char *id, const char *title);
VocDocBlock *voc_report_block(VocReport *report, VocDocSection *section, VocDocKind kind);
void voc_report_say(VocReport *report, VocDocSection *section, VocDocKind kind, const char *text);
GPtrArray *voc_report_list(VocReport *report, VocDocSection *section);

/* A table with `n` columns, copied. */
VocDocBlock *voc_report_table(VocReport *report, VocDocSection *section, const char *caption,
                              const VocDocColumn *columns, int n);

/* A row of empty cells, behind the table's others. */
VocDocRow *voc_report_row(VocReport *report, VocDocBlock *table);

/* Quotes of the content, in their order. */
VocDocQuote *voc_report_quotes(VocReport *report, const VocQuote *quotes, gsize n);

/* The parts, a file or so each; each adds its sections in the report's order. */
void voc_report_lead(VocReport *report);
void voc_report_themes(VocReport *report);
void voc_report_moves(VocReport *report);
void voc_report_heat(VocReport *report);
void voc_report_owners(VocReport *report);
void voc_report_signals(VocReport *report);
void voc_report_demand(VocReport *report);
void voc_report_actions(VocReport *report);
void voc_report_wishes(VocReport *report);
void voc_report_answers(VocReport *report);
void voc_report_turns(VocReport *report);

/* What sets a theme's negative messages apart, as a sentence; NULL when nothing does. */
const char *voc_report_causes(VocReport *report, const VocThemeFigure *theme);
void voc_report_method(VocReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocReport, voc_report_free)

G_END_DECLS

#endif
