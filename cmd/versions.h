/* The versions of what the programs stand on. */
#ifndef VOC_CMD_VERSIONS_H
#define VOC_CMD_VERSIONS_H

/* One line a library, "name version", as the build found them. Free it. */
char *voc_versions(void);

#endif
