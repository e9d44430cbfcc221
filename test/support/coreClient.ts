import { createCoreClient, type CoreClient } from '#main/app/coreClient';
import type { App } from '#main/app/createApp';
import type { FromCore, Link, ToCore } from '#main/app/protocol';
import { serve } from '#main/app/serve';

/** Two ends of a way for messages in memory. As between threads, what is sent is copied and arrives later. */
function linkPair<A, B>(): readonly [Link<A, B>, Link<B, A>] {
  const end = <Out, In>(): { link: Link<Out, In>; deliver: (message: In) => void; connect: (to: (message: Out) => void, onClose: () => void) => void; ended: () => void } => {
    const onMessage: ((message: In) => void)[] = [];
    const onClose: (() => void)[] = [];
    let to: (message: Out) => void = () => undefined;
    let tellOther = (): void => undefined;
    let open = true;
    return {
      deliver: (message) => {
        if (open) for (const listener of onMessage) listener(message);
      },
      connect: (given, close) => {
        to = given;
        tellOther = close;
      },
      ended: () => {
        if (!open) return;
        open = false;
        for (const listener of onClose) listener();
      },
      link: {
        send: (message) => {
          const copy = structuredClone(message);
          setImmediate(() => {
            to(copy);
          });
        },
        onMessage: (listener) => onMessage.push(listener),
        onClose: (listener) => onClose.push(listener),
        close: () => {
          open = false;
          tellOther();
        },
      },
    };
  };
  const first = end<A, B>();
  const second = end<B, A>();
  first.connect(second.deliver, second.ended);
  second.connect(first.deliver, first.ended);
  return [first.link, second.link];
}

/** A door's client of an app in this thread. `breakOff` is what a door sees of a core that dies. */
export function memoryClient(app: App): { readonly client: CoreClient; breakOff(): void } {
  const [door, core] = linkPair<ToCore, FromCore>();
  serve(app, core);
  return {
    client: createCoreClient(door),
    breakOff: () => {
      core.close();
    },
  };
}
