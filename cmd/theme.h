/* What the commands of voc theme share. */
#ifndef VOC_CMD_THEME_H
#define VOC_CMD_THEME_H

#include "filter.h"
#include "stage/theme.h"

typedef struct VocThemeOptions {
    VocThemeSettings theme;
    const char *command; /* NULL: none was given */
    char *output;
    char *seed;
    char *vectors;
    char *gold;
    char *lang;
    int k, jobs, sample, least, levels;
    double target;
    gboolean share, undo;
    gboolean packed; /* the theme file, when it is written */
} VocThemeOptions;

typedef gboolean (*VocThemeCommand)(VocProgram *program, VocThemeOptions *options, char **operands,
                                    GError **error);

/* Themes from messages: theme-find.c. */
gboolean voc_theme_discover(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);
gboolean voc_theme_learn(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);
gboolean voc_theme_update(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);
gboolean voc_theme_split(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);

/* Messages' themes: theme-assign.c. */
gboolean voc_theme_assign(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);

/* The theme file by itself: theme-edit.c. */
gboolean voc_theme_check(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);
gboolean voc_theme_show(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);
gboolean voc_theme_rename(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);
gboolean voc_theme_merge(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);
gboolean voc_theme_hide(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);
gboolean voc_theme_pin(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);
gboolean voc_theme_move(VocProgram *program, VocThemeOptions *options, char **operands, GError **error);

/* Takes records that stages alone want to see. */
gboolean voc_theme_pass_over(void *data, VocRecord *records, guint n, GError **error);

/* Sets a usage error; always FALSE. */
gboolean voc_theme_usage(GError **error, const char *message);

/* The theme file that -t names; NULL and an error when it is not named or cannot be read. */
VocThemes *voc_theme_open(const VocThemeOptions *options, GError **error);

/* Writes the themes to `path`, at once or not at all. */
gboolean voc_theme_save(const VocThemes *themes, const VocThemeOptions *options, const char *path,
                        GError **error);

/* Where -o says, or back where they were read. */
gboolean voc_theme_save_edited(const VocThemes *themes, const VocThemeOptions *options, GError **error);

#endif
