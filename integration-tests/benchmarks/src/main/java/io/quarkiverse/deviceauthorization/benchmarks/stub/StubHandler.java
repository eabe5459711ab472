package io.quarkiverse.deviceauthorization.benchmarks.stub;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/**
 * The endpoints: {@code /SECONDS/device} names that interval, {@code /SECONDS/token} is always pending,
 * {@code /SECONDS/granted}
 * never, {@code /counts}.
 */
final class StubHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final ByteBuf PENDING = Unpooled.unreleasableBuffer(text(
            "{\"error\":\"authorization_pending\",\"error_description\":\"The authorization request is still pending\"}"));
    private static final ByteBuf GRANTED = Unpooled.unreleasableBuffer(text(
            "{\"access_token\":\"2YotnFZFEjr1zCsicMWpAA\",\"token_type\":\"Bearer\",\"expires_in\":86400,"
                    + "\"refresh_token\":\"tGzv3JOkF0XG5Qx2TlKWIA\",\"scope\":\"profile offline_access\"}"));

    private final Flows flows;

    StubHandler(Flows flows) {
        this.flows = flows;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String path = request.uri();
        if (path.endsWith("/token")) {
            flows.polled(request.content());
            answer(context, HttpResponseStatus.BAD_REQUEST, PENDING.duplicate());
        } else if (path.endsWith("/granted")) {
            answer(context, HttpResponseStatus.OK, GRANTED.duplicate());
        } else if (path.endsWith("/device")) {
            int interval = Integer.parseInt(path.substring(1, path.length() - "/device".length()));
            answer(context, HttpResponseStatus.OK, text(flows.issue(interval)));
        } else if (path.equals("/counts")) {
            // a connection that is kept would have a thread at the other end
            answer(context, HttpResponseStatus.OK, text(flows.counts()), HttpHeaderValues.CLOSE)
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            answer(context, HttpResponseStatus.NOT_FOUND, text("{}"));
        }
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static void answer(ChannelHandlerContext context, HttpResponseStatus status, ByteBuf body) {
        answer(context, status, body, HttpHeaderValues.KEEP_ALIVE);
    }

    private static ChannelFuture answer(ChannelHandlerContext context, HttpResponseStatus status, ByteBuf body,
            AsciiString connection) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONNECTION, connection)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return context.writeAndFlush(response);
    }

    /** A client that was measured may end at once. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
