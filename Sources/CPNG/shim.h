// Only libpng's simplified interface is used: it keeps its long jumps to itself.
#include <png.h>

// Four bytes a pixel; composed macros are not imported into Swift.
static const png_uint_32 assay_png_rgba = PNG_FORMAT_RGBA;
static const png_uint_32 assay_png_version = PNG_IMAGE_VERSION;
static const png_uint_32 assay_png_linear_as_srgb = PNG_IMAGE_FLAG_16BIT_sRGB;
