import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { Hono } from 'hono';
import { type Toolbox, toolServer } from '../tools.ts';
import { objectOrListIn } from './body.ts';
import { demand } from './gate.ts';
import type { CallVariables } from './site.ts';

/**
 * Puts the tools of the record at `/mcp`: streamable HTTP without sessions, behind the same gate as all else. Each message is
 * answered as JSON by a server of its own, so nothing is kept between two of them and nobody sees what another asks.
 */
export function addTools(app: Hono<CallVariables>, box: Toolbox): void {
  app.post('/mcp', async (call) => {
    demand(call.get('visitor'), 'read');
    const parsedBody = await objectOrListIn(call.req.raw);
    const server = toolServer(box);
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    try {
      await server.connect(transport);
      const response = await transport.handleRequest(call.req.raw, { parsedBody });
      // The transport makes it when all is answered; its body is text by then.
      return new Response(await response.arrayBuffer(), response);
    } finally {
      await server.close();
    }
  });
}
