package io.codetag.tools.top;

import io.codetag.CodeTag;

/**
 * A tag in the live table.
 *
 * @param place its place
 * @param bytes live bytes
 * @param calls live calls
 * @param growth bytes more than in the first sample
 * @param rate bytes more each second, since the sample before
 */
record TopRow(CodeTag place, long bytes, long calls, long growth, double rate) {}
