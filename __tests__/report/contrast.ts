import type { Page } from 'playwright-core';

/**
 * Texts whose colour is too close to what lies behind it, with their contrast as WCAG computes it. Texts in a drawing are
 * coloured by `fill`.
 */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const rgb = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const luminance = ([r, g, b]) => {
      const [R, G, B] = [r, g, b].map((part) => {
        const c = part / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * R + 0.7152 * G + 0.0722 * B;
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const colour = rgb(getComputedStyle(at).backgroundColor);
        if (colour.length === 3 || colour[3] === 1) return colour;
      }
      throw new Error('nothing lies behind');
    };
    const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
    const texts = [...document.body.querySelectorAll('*')].filter((e) => own(e) && e.tagName !== 'title' && e.tagName !== 'desc');
    if (texts.length < 100) throw new Error('too few texts: ' + texts.length);
    return texts.flatMap((element) => {
      const style = getComputedStyle(element);
      const colour = luminance(rgb(element.closest('svg') ? style.fill : style.color));
      const paper = luminance(behind(element));
      const contrast = (Math.max(colour, paper) + 0.05) / (Math.min(colour, paper) + 0.05);
      return contrast >= 4.5 ? [] : [element.tagName + ' ' + element.textContent.slice(0, 40) + ' ' + contrast.toFixed(2)];
    });
  })()`);
}

/** Marks and lines of drawings, which need a contrast of 3 with the paper they stand on. */
export function faintMarks(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const style = getComputedStyle(document.documentElement);
    const probe = document.createElement('span');
    document.body.append(probe);
    const luminance = (name) => {
      probe.className = '';
      const [r, g, b] = (() => {
        const value = style.getPropertyValue(name).trim();
        const hex = value.length === 4 ? [...value.slice(1)].map((c) => c + c).join('') : value.slice(1);
        return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
      })().map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    probe.remove();
    const pairs = [0, 1, 2, 3, 4, 5].map((n) => ['--series-' + n, '--paper']);
    pairs.push(['--accent', '--card'], ['--accent', '--freeze'], ['--quiet', '--card'], ['--freeze-edge', '--freeze']);
    return pairs.flatMap(([mark, paper]) => {
      const [a, b] = [luminance(mark), luminance(paper)];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return contrast >= 3 ? [] : [mark + ' on ' + paper + ' ' + contrast.toFixed(2)];
    });
  })()`);
}
