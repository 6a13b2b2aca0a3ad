/* The theme file: text that people edit, version control diffs and programs update. See voc-themes(5).
 *
 * What a program does not touch is written back as it was: comments, order, keys it does not know. */
#ifndef VOC_THEME_THEMES_H
#define VOC_THEME_THEMES_H

#include "base/buffer.h"
#include "base/error.h"
#include "text/language.h"

G_BEGIN_DECLS

typedef enum {
    VOC_THEME_PLAIN,
    VOC_THEME_PINNED, /* updates leave it as it is */
    VOC_THEME_HIDDEN, /* assigned, but reports pass over it */
    VOC_THEME_NEW,    /* found by an update, nobody has looked at it yet */
    VOC_THEME_MERGED, /* its messages count for another theme */
} VocThemeState;

typedef enum {
    VOC_RULE_TERM,    /* a word in any of its forms */
    VOC_RULE_PREFIX,  /* words that begin so */
    VOC_RULE_PHRASE,  /* words side by side, in any of their forms */
    VOC_RULE_EXCLUDE, /* a word, phrase or prefix* that takes the theme from its segment */
} VocThemeRuleKind;

typedef struct VocThemeRule {
    VocThemeRuleKind kind;
    char *text;    /* a prefix without its * */
    double weight; /* below zero: speaks against */
    VocLang lang;  /* VOC_LANG_UND: any */
    guint line;
} VocThemeRule;

/* A line as it stands. */
typedef struct VocThemeLine {
    char *raw;
    char *key, *value; /* NULL for comments and empty lines */
    guint number;      /* in the file it was read from; 0 when added since */
} VocThemeLine;

/* What the lines of a theme say; the strings belong to the lines and live until the next change. */
typedef struct VocTheme {
    char *id;
    guint line;
    GPtrArray *lines; /* VocThemeLine */
    const char *parent, *owner, *merged_into;
    const char *names[VOC_N_LANGS];
    VocThemeState state;
    double bias;   /* what sums begin with once a rule is met */
    GArray *rules; /* VocThemeRule */
} VocTheme;

typedef struct VocThemes {
    char *path;
    GPtrArray *head;   /* VocThemeLine: all before the first theme */
    GPtrArray *themes; /* VocTheme, in the file's order */
} VocThemes;

/* Something wrong with a theme file. */
typedef struct VocThemeProblem {
    guint line;
    gboolean fatal; /* the file cannot be used so */
    char *message;
} VocThemeProblem;

void voc_theme_problem_free(VocThemeProblem *problem);

/* An empty file, with its version line. */
VocThemes *voc_themes_new(void);
void voc_themes_free(VocThemes *themes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocThemes, voc_themes_free)

/* Adds the text of the file at `path` ("-": stdin), unpacked, to `text`. FALSE and an error that does not
 * name the file when it cannot be read or is no UTF-8 text. */
gboolean voc_themes_load(const char *path, VocBuffer *text, GError **error);

/* Reads a theme file, which may be gzipped. NULL and an error that names file and line when it cannot be read
 * or used. */
VocThemes *voc_themes_read(const char *path, GError **error);

/* The same from `text`. Adds all that is wrong to `problems` (VocThemeProblem *), by line, and returns what
 * could be read. */
VocThemes *voc_themes_parse(VocSlice text, const char *path, GPtrArray *problems);

/* Adds what is not wrong but seldom meant: themes without words, themes that no message can reach, two of one
 * name. Keeps `problems` in the order of the lines. */
void voc_themes_review(const VocThemes *themes, GPtrArray *problems);

/* Adds the file's text, or one theme's. */
void voc_themes_write(const VocThemes *themes, VocBuffer *out);
void voc_theme_write(const VocTheme *theme, VocBuffer *out);

/* NULL when there is none of that id. */
VocTheme *voc_themes_find(const VocThemes *themes, const char *id);

/* A new theme at the end; `id` must be free. */
VocTheme *voc_themes_add(VocThemes *themes, const char *id);

gboolean voc_theme_is_id(const char *id);

/* `name` as an id that `themes` (NULL: nobody) does not have yet: small ASCII letters, digits and hyphens.
 * Free it. */
char *voc_themes_make_id(const VocThemes *themes, const char *name);

/* `id` itself when no theme has it, else with a number behind it. Free it. */
char *voc_themes_free_id(const VocThemes *themes, const char *id);

/* The value of a key, NULL when the theme does not have it. */
const char *voc_theme_get(const VocTheme *theme, const char *key);

/* Sets a key: in its place, or behind the last line that has one. NULL takes it out. */
void voc_theme_set(VocTheme *theme, const char *key, const char *value);

/* Adds a line to the end of the theme: for keys that may come more than once. */
void voc_theme_add(VocTheme *theme, const char *key, const char *value);

/* Takes out all lines of that key. */
void voc_theme_remove(VocTheme *theme, const char *key);

/* Adds a rule as the file writes it: `kind` TERM "lasku" 1.5 FI adds "term = lasku 1.5 fi". */
void voc_theme_add_rule(VocTheme *theme, VocThemeRuleKind kind, const char *text, double weight,
                        VocLang lang);

/* The theme's name in `lang`, else in another language, else its id. */
const char *voc_theme_name(const VocTheme *theme, VocLang lang);

G_END_DECLS

#endif
