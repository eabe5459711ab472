package io.quarkiverse.deviceauthorization.benchmarks.stub;

import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

/**
 * An authorization server that costs as little as possible: one thread, fixed answers, nobody ever decides. It counts, and
 * tells by its own clock which polls came too early. It prints its port, and ends with its standard input.
 */
public final class Stub {

    private static final int LARGEST_REQUEST = 64 * 1024;

    private Stub() {
    }

    public static void main(String... args) throws Exception {
        NioEventLoopGroup loop = new NioEventLoopGroup(1);
        Flows flows = new Flows();
        Channel server = new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST_REQUEST),
                                new StubHandler(flows));
                    }
                }).bind("127.0.0.1", 0).sync().channel();
        System.out.println(((InetSocketAddress) server.localAddress()).getPort());
        while (System.in.read() >= 0) {
            // until the driver ends
        }
        loop.shutdownGracefully();
    }
}
