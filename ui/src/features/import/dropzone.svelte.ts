/** What was dropped or pasted somewhere on the window. */
export type Arrival = { kind: 'file'; file: File } | { kind: 'text'; text: string };

function arrivalOf(data: DataTransfer | null): Arrival | null {
  const file = data?.files[0];
  if (file) return { kind: 'file', file };
  const text = data?.getData('text/uri-list') || data?.getData('text/plain') || '';
  return text.trim() === '' ? null : { kind: 'text', text: text.trim() };
}

const carries = (data: DataTransfer | null) =>
  data !== null && ['Files', 'text/uri-list', 'text/plain'].some((type) => data.types.includes(type));

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement);

/** Takes drops and pastes anywhere on the window, except where the learner is writing. */
export class Dropzone {
  hovering = $state(false);
  private depth = 0;
  /** A link or text of the window itself is being dragged: that is no arrival. */
  private ownDrag = false;

  constructor(private readonly receive: (arrival: Arrival) => void) {}

  /** Listens until the answer is called. */
  listen(target: Window = window): () => void {
    const start = () => (this.ownDrag = true);
    const end = () => (this.ownDrag = false);
    const enter = (event: DragEvent) => {
      if (this.ownDrag || !carries(event.dataTransfer)) return;
      this.depth++;
      this.hovering = true;
    };
    const over = (event: DragEvent) => {
      if (this.ownDrag || !carries(event.dataTransfer)) return;
      // Without this the window would open the file itself.
      event.preventDefault();
    };
    const leave = () => {
      this.depth = Math.max(0, this.depth - 1);
      if (this.depth === 0) this.hovering = false;
    };
    const drop = (event: DragEvent) => {
      this.depth = 0;
      this.hovering = false;
      if (this.ownDrag) return;
      const arrival = arrivalOf(event.dataTransfer);
      // Text let go in a box being written in belongs there.
      if (arrival?.kind === 'text' && isWriting(event.target)) return;
      event.preventDefault();
      if (arrival) this.receive(arrival);
    };
    const paste = (event: ClipboardEvent) => {
      const arrival = arrivalOf(event.clipboardData);
      if (!arrival || (arrival.kind === 'text' && isWriting(event.target))) return;
      event.preventDefault();
      this.receive(arrival);
    };
    target.addEventListener('dragstart', start);
    target.addEventListener('dragend', end);
    target.addEventListener('dragenter', enter);
    target.addEventListener('dragover', over);
    target.addEventListener('dragleave', leave);
    target.addEventListener('drop', drop);
    target.addEventListener('paste', paste);
    return () => {
      target.removeEventListener('dragstart', start);
      target.removeEventListener('dragend', end);
      target.removeEventListener('dragenter', enter);
      target.removeEventListener('dragover', over);
      target.removeEventListener('dragleave', leave);
      target.removeEventListener('drop', drop);
      target.removeEventListener('paste', paste);
    };
  }
}
