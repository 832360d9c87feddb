// Where the answer to a form is shown: one that opens in another tab leaves this page as it is, and usable.
export function staysHere({ submitter, target }) {
  return (submitter?.getAttribute("formtarget") || target.getAttribute("target")) === "_blank";
}
