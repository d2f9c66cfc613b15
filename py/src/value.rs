//! Value classes: frozen, keyword-only, compared, hashed, printed, matched, replaced and pickled by their fields.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};

/// Defines one. Each field has a name, what Python passes, perhaps a default, and what is stored; a value that cannot be
/// stored raises `PlanError` with the name of the list that such values go into. What `more` has goes into the class too.
/// Those of the kubernetes tier say so first.
macro_rules! value_class {
    (kubernetes; $($class:tt)*) => {
        $crate::value::value_class_of! { "statefulset.kubernetes" $($class)* }
    };
    ($($class:tt)*) => {
        $crate::value::value_class_of! { "statefulset" $($class)* }
    };
}
pub(crate) use value_class;

/// The class, in the module where it is public: there pickle looks for it.
macro_rules! value_class_of {
    (
        $module:literal
        $(#[$about:meta])*
        $class:ident in $list:literal {
            $($(#[$note:meta])* $field:ident : $passed:ty $(= $default:tt)? => $stored:ty),+ $(,)?
        }
        $(more { $($more:tt)* })?
    ) => {
        $(#[$about])*
        #[pyo3::pyclass(frozen, eq, hash, get_all, from_py_object, module = $module)]
        #[derive(Clone, PartialEq, Eq, Hash, Debug)]
        #[allow(clippy::struct_field_names, reason = "the names are the API's")]
        pub(crate) struct $class {
            $($(#[$note])* pub(crate) $field: $stored),+
        }

        #[pyo3::pymethods]
        impl $class {
            #[new]
            #[pyo3(signature = (*, $($field $(= $default)?),+))]
            #[allow(clippy::too_many_arguments, reason = "as many as there are fields")]
            fn new(py: pyo3::Python<'_>, $($field: $passed),+) -> pyo3::PyResult<Self> {
                Ok(Self {
                    $($field: $crate::field::Field::read($field).map_err(|fault| {
                        fault.of_field(py, stringify!($class), $list, stringify!($field))
                    })?),+
                })
            }

            #[classattr]
            fn __match_args__(py: pyo3::Python<'_>) -> pyo3::PyResult<pyo3::Bound<'_, pyo3::types::PyTuple>> {
                pyo3::types::PyTuple::new(py, [$(stringify!($field)),+])
            }

            fn __repr__(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<String> {
                $crate::value::shown(stringify!($class), &self.__getnewargs_ex__(py)?.1)
            }

            fn __getnewargs_ex__<'py>(
                &self,
                py: pyo3::Python<'py>,
            ) -> pyo3::PyResult<((), pyo3::Bound<'py, pyo3::types::PyDict>)> {
                use pyo3::{IntoPyObjectExt, prelude::*};
                let fields = pyo3::types::PyDict::new(py);
                $(fields.set_item(stringify!($field), self.$field.clone().into_bound_py_any(py)?)?;)+
                Ok(((), fields))
            }

            /// The same value with some fields changed (`copy.replace` from Python 3.13 on).
            #[pyo3(signature = (**changes))]
            fn __replace__<'py>(
                &self,
                py: pyo3::Python<'py>,
                changes: Option<&pyo3::Bound<'py, pyo3::types::PyDict>>,
            ) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                let fields = self.__getnewargs_ex__(py)?.1;
                $crate::value::replaced(&py.get_type::<Self>(), &fields, changes)
            }

            $($($more)*)?
        }
    };
}
pub(crate) use value_class_of;

/// `Class(field=value, …)`: Python that makes the value again.
pub(crate) fn shown(class: &str, fields: &Bound<'_, PyDict>) -> PyResult<String> {
    let fields = fields
        .iter()
        .map(|(name, value)| Ok(format!("{name}={}", value.repr()?)))
        .collect::<PyResult<Vec<_>>>()?;
    Ok(format!("{class}({})", fields.join(", ")))
}

/// A value of the class from `fields` and `changes`.
pub(crate) fn replaced<'py>(
    class: &Bound<'py, PyType>,
    fields: &Bound<'py, PyDict>,
    changes: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(changes) = changes {
        fields.update(changes.as_mapping())?;
    }
    class.call((), Some(fields))
}
