/**
 * The base of every HTTP server: threads, deadlines and limits for requests, JSON, and errors in
 * plain sentences or as problem documents (RFC 9457).
 */
@NullMarked
package io.platform.commons.http;

import org.jspecify.annotations.NullMarked;
