import { createContext } from 'svelte';
import type { Backend } from '$lib/ipc/backend';

/** The backend, for whatever is drawn below the window's root. */
export const [getBackend, setBackend] = createContext<Backend>();
