/* The entry of every filter's program: the build says which filter it is. */
#include "filter.h"

extern const VocFilter VOC_FILTER;

int
main(int argc, char **argv)
{
    return voc_filter_main(&VOC_FILTER, argc, argv);
}
